"""What is known before any page is read: companies, chips, projects and places, loaded when first asked for."""

from __future__ import annotations

from db.reference.entities import Alias, Chip, Company, Project, ReferenceDataError, chips, companies, projects

__all__ = ["Alias", "Chip", "Company", "Project", "ReferenceDataError", "chips", "companies", "projects"]
