"""How we learn it: hands-on labs in steps, and members' runs of them.

A finished run moves the module on and is written into the ledger."""
