# Kata-kata: klaim di layar.
panes-claims-glance = rincian
panes-claims-issue-yes = terbitkan
tui-job-issue-page = menyiapkan voucher
