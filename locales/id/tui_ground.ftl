# The ground of the screen: jobs, crashes, the mouse.

tui-job-waiting = menunggu pekerjaan lama berhenti
tui-runs-to-its-end = Penyimpanan dan penulisan berkas tidak dihentikan di tengah jalan; tunggu sebentar.
tui-crashed-log = Bagian program ini berhenti karena kesalahan; data yang sudah tersimpan aman. Sampaikan baris berikut kepada pengembang, bersama catatan di { $log } (tanpa data pribadi): { $text }
