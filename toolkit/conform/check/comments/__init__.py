"""What comments of models and configurations say."""
