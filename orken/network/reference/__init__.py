"""What every installation begins with: the regions of the country and the register of posts."""
