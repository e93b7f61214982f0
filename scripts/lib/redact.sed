# Takes out what must not leave the machine: passwords, keys, links that open something, and people's addresses.

# postgres://user:password@host, and every address like it
s#(://)[^[:space:]"'<>]*@#\1***@#g
# The keys of Stripe, of its webhooks, of age and of AWS; what a request signs itself with
s#\b(sk|rk|pk)_(live|test)_[A-Za-z0-9_]+#\1_\2_***#g
s#\bwhsec_[A-Za-z0-9+/=_-]+#whsec_***#g
s#AGE-SECRET-KEY-1[A-Z0-9]+#AGE-SECRET-KEY-1***#g
s#\b(AKIA|ASIA)[A-Z0-9]{12,}#\1***#g
s#\b([Bb]earer|[Bb]asic) [A-Za-z0-9._~+/=-]{8,}#\1 ***#g
s#\b([Cc]ookie: *|[Ss]et-[Cc]ookie: *).*#\1***#g
# A setting whose name says that it is secret, in the forms of the shell, of JSON and of YAML
s#(([A-Za-z0-9_]*([Ss][Ee][Cc][Rr][Ee][Tt]|[Pp][Aa][Ss][Ss][Ww][Oo][Rr][Dd]|[Tt][Oo][Kk][Ee][Nn]|_KEY|_key)[A-Za-z0-9_]*)["']?[[:space:]]*[=:][[:space:]]*)("[^"]*"|'[^']*'|[^[:space:],;}"']+)#\1***#g
# Links: an order's, an account's, and the one that makes an owner
s#((orders|confirm|reset|invitation|welcome)/)[A-Za-z0-9_-]{20,}#\1***#g
s#([?&](code|token|link|word)=)[^&[:space:]"'<>]+#\1***#g
# E-mail addresses
s#[A-Za-z0-9._%+'-]+(@|%40)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+#<e-mail>#g
