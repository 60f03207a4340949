"""What a reader sees: tables, figures and the page, with every number linked to its words."""
