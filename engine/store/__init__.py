"""All SQL of Alur: tables, the one transaction, and one module of statements per noun."""
