"""Attendance by machine (presensi): what fingerprint machines recorded, by employee and day."""
