"""What Alur can do: one plain function a use case, one transaction each."""
