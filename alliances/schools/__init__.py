"""The national register of schools, and the posts people hold in them."""
