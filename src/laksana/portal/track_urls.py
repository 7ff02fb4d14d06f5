"""Addresses under /lacak/: short enough to be typed from a paper."""

from django.urls import path

from laksana.portal.views import track

app_name = "track"
urlpatterns = [
    path("", track.look_up, name="look-up"),
    path("kirim-kode/", track.send_code, name="send-code"),
    path("<slug:code>/", track.case, name="case"),
    path("<slug:code>/hak/<slug:right>/", track.use_right, name="use-right"),
    path("<slug:code>/surel/", track.mail, name="mail"),
    path("<slug:code>/tanda-terima/", track.receipt, name="receipt"),
    path("<slug:code>/tanda-terima.pdf", track.receipt_file, name="receipt-pdf"),
    path("<slug:code>/berkas/<int:key>/", track.paper, name="paper"),
    path("<slug:code>/jawab/<int:key>/", track.answer, name="answer"),
]
