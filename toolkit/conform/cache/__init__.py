"""Reports of checks kept from run to run, and given again while nothing they rest on changes."""
