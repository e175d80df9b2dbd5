"""Bank matching measured in Odoo's books, side by side with the community widget."""
