"""What is done in a programme while it runs and after."""
