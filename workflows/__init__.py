"""What an SOP is: pure values and rules, without framework, SQL, clock or I/O."""
