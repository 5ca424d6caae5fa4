"""What people do with support programmes; a line for each service, by the alphabet."""
