forms-act-undo-typing = membatalkan ketikan terakhir
forms-act-redo-typing = mengembalikan ketikan yang dibatalkan
forms-act-take-offer = memakai jumlah yang diusulkan
forms-amount = Rp{ $amount } · { $words } rupiah
forms-only-alike = Hanya mirip: pilih dengan panah bila itu maksudnya.
forms-offer = pakai { $amount }
forms-no-offer = Tidak ada jumlah yang diusulkan untuk isian ini.
