"""What the organisation vouches for: certificates as snapshots, their status, seal and sheet."""
