"""Measurements that print ratios: each thing and what it is compared with run side by side on the same machine.

`./run bench [NAME]`; docs/performance.md says what each one measures and keeps the figures."""
