"""What Jupyter starts as a forked kernel: it asks the server for one, and lives as long as that.

Usage: ``engine_client.py SOCKET KERNEL_ARGUMENTS...``. Only the standard library is imported.
"""

import json
import os
import signal
import socket
import sys

ACCEPTED = b"+"


def main():
    """Ask for a kernel and wait until it ends; start one anew where none can be forked."""
    address, *arguments = sys.argv[1:]
    # Jupyter interrupts a kernel before it ends it, which may be before there is one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kernel = ask_for_kernel(address, arguments)
    if kernel is None:
        if not is_wanted(address):
            sys.exit(1)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        command = [sys.executable, "-m", "ipykernel_launcher", *arguments]
        os.execv(sys.executable, command)
    signal.signal(signal.SIGINT, lambda *_: kernel.send(b"i"))
    # Its exit status in four digits; nothing where the server has ended.
    status = kernel.recv(4)
    sys.exit(int(status) if status.isdigit() else 1)


def is_wanted(address):
    """Tell whether the run that asks is still there: else nobody would talk to a kernel."""
    parent = os.environ.get("JPY_PARENT_PID", os.getppid())
    return os.getppid() == int(parent) and os.path.isdir(os.path.dirname(address))


def ask_for_kernel(address, arguments):
    """Return the connection to the server once a kernel runs, or None where it gives none."""
    request = {"arguments": arguments, "folder": os.getcwd(), "env": dict(os.environ)}
    content = json.dumps(request).encode()
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        server.connect(address)
        socket.send_fds(server, [b"%08d" % len(content)], [0, 1, 2])
        server.sendall(content)
        return server if server.recv(1) == ACCEPTED else None
    except OSError:
        return None


if __name__ == "__main__":
    main()
