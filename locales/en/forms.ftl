forms-act-undo-typing = takes back what was typed last
forms-act-redo-typing = types again what was taken back
forms-act-take-offer = takes the proposed amount
forms-amount = Rp{ $amount } · { $words } rupiah
forms-only-alike = Only alike: choose with the arrows if it is meant.
forms-offer = take { $amount }
forms-no-offer = No amount is proposed for this field.
