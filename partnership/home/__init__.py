"""The public front, the desk, the frame, health checks and the demo."""
