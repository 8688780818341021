# Standard input names what the lab runs, one "signal pid" a line. It ends when the JVM closes it or dies, even by
# kill -9; then all is stopped and the lab's directory, $1, is deleted. Ctrl-C reaches the whole group: not for us.
trap '' INT HUP TERM
children=
while read -r signal pid; do children="$children $signal:$pid"; done
for child in $children; do kill -"${child%%:*}" "${child##*:}"; done 2>/dev/null
for child in $children; do
  tries=0
  while [ $tries -lt 80 ] && kill -0 "${child##*:}" 2>/dev/null; do sleep 0.1; tries=$((tries + 1)); done
  kill -KILL "${child##*:}" 2>/dev/null
done
# A server's own children may write for a moment longer than it lives.
tries=0
until rm -rf "$1" 2>/dev/null || [ $tries -ge 30 ]; do sleep 0.1; tries=$((tries + 1)); done
[ ! -e "$1" ]
