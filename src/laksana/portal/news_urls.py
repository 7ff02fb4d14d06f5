"""Addresses under /berita/: what the office and citizens publish, its feeds, and what readers ask about it."""

from django.urls import path

from laksana.portal.views import news
from laksana.portal.views.feeds import AtomFeed, RssFeed

app_name = "news"
urlpatterns = [
    path("", news.front, name="front"),
    path("rss.xml", RssFeed(), name="rss"),
    path("atom.xml", AtomFeed(), name="atom"),
    path("tanggapan/<str:token>/", news.response, name="response"),
    path("<slug:slug>/", news.item, name="item"),
    path("<slug:slug>/foto-<int:order>.webp", news.picture, name="picture"),
    path("<slug:slug>/video-<int:order>.mp4", news.video, name="video"),
    path("<slug:slug>/tanggapi/", news.respond, name="respond"),
]
