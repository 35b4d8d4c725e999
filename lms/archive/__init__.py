"""Long memory: monthly matrices in HDF5 that outlive the program. The only room that imports h5py."""
