"""`./run manage COMMAND`: Django's manage.py against the embedded servers, or those that the environment names."""

import sys

from local.environment import embedded_servers


def main() -> None:
    from django.core.management import execute_from_command_line

    with embedded_servers():
        execute_from_command_line(["./run manage", *sys.argv[1:]])


if __name__ == "__main__":
    main()
