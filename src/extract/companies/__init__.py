"""The lists of companies and of what is none, legal forms, and the record of a mention."""

from __future__ import annotations

from extract.companies.added import AddedNames, added_names, marks_in
from extract.companies.legal_forms import legal_form_end, legal_forms, strip_legal_form
from extract.companies.lists import OTHER_TYPES, CompanyList, CompanyListError
from extract.companies.records import Company, FoundBy, ListedCompany, ListMatch
from extract.companies.scores import Curve, calibrated, shipped_curve

__all__ = [
    "OTHER_TYPES",
    "AddedNames",
    "Company",
    "CompanyList",
    "CompanyListError",
    "Curve",
    "FoundBy",
    "ListMatch",
    "ListedCompany",
    "added_names",
    "calibrated",
    "legal_form_end",
    "legal_forms",
    "marks_in",
    "shipped_curve",
    "strip_legal_form",
]
