"""What the learned parts share: model files, and the pairing of labelled records with found ones."""
