"""The trail of acts upon others, rights, content and certificates."""
