"""The pages that are made from all apps together: home, dashboard, welcome, health, style guide, demo mailbox.

Also the starter content and the demo community, because both write into every app. Nothing imports this package."""
