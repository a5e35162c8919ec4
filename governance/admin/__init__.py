from governance.admin import committee, documents

__all__ = ["committee", "documents"]
