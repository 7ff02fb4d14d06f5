"""Addresses under /lacak/: short enough to be typed from a paper."""

from django.urls import path

from laksana.portal.views import track

app_name = "track"
urlpatterns = [
    path("", track.look_up, name="look-up"),
    path("<slug:code>/", track.case, name="case"),
    path("<slug:code>/tanda-terima/", track.receipt, name="receipt"),
    path("<slug:code>/tanda-terima.pdf", track.receipt_file, name="receipt-pdf"),
    path("<slug:code>/berkas/<int:key>/", track.paper, name="paper"),
    path("<slug:code>/jawab/<int:key>/", track.answer, name="answer"),
]
