# Words: a store of several clerks, whose group only the program has.
group-open = The folder { $path } is of the group that santun is installed for (gid { $gid }), but you reach it without santun, so that the group protects nothing. The administrator closes it: owner root, mode 2770, and nobody is a member of the group (docs/operations.md). If it is meant so, add --trust-owner.
group-clock = SANTUN_NOW and SANTUN_TODAY are not heard by a santun that is installed for a group: the journal's times are the machine's. Unset them.
fsck-open-group = The store's folder belongs to a group (gid { $gid }), but you reach it without santun: close it (owner root, mode 2770, nobody in the group).
fsck-closed-to-group = Colleagues cannot work with { $place }: it is not the group's, or its mode does not let the group in.
status-entry = Who gets in
status-entry-program = group { $gid }, by santun only
status-entry-group = group { $gid } and its members
status-entry-owner = its owner
