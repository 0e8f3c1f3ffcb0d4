# Words: claims on the screen.
panes-claims-glance = details
panes-claims-issue-yes = issue
tui-job-issue-page = preparing the vouchers
