"""Procedure penyusunan-sop: drafting, approval, application and evaluation of an SOP."""
