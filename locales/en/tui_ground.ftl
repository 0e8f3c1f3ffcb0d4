# The ground of the screen: jobs, crashes, the mouse.

tui-job-waiting = waiting for the old work to stop
tui-runs-to-its-end = Saving and writing files are not stopped half-way; one moment.
tui-crashed-log = This part of the program stopped because of a bug; what is saved is safe. Pass this line on to the developers, with the log in { $log } (no personal data in it): { $text }
