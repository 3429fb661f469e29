# The whole job without a display: read with `source` by ./run, after installer/setup.sh.
# Leaves the plan, the worksheet and the label of an example order's first bag in out/, in the folder one stands in.

demonstrate() {
    local order=$root/docs/examples/relapsed-refractory-cycle-1.json out=$PWD/out
    say "No display was found, so no window can be opened. The same job, on the command line, with an example order:"
    [ -r "$order" ] || stop "The example order cannot be read: $order"
    mkdir -p -- "$out" 2>/dev/null && [ -w "$out" ] ||
        stop "The documents cannot be written to $out. Go to a folder in which you may write, and start again."

    ask plan "$order"
    ask_into "$out/plan.json" plan "$order" --json
    ask worksheet "$order" --bag 1 --pdf "$out/worksheet-bag-1.pdf" >/dev/null
    ask label "$order" --bag 1 --pdf "$out/label-bag-1.pdf" >/dev/null

    say "The documents of this order:"
    printf '%s\n' "$out/plan.json" "$out/worksheet-bag-1.pdf" "$out/label-bag-1.pdf"
}

# One command of the program; whatever it refuses ends the demonstration with the same exit code.
ask() {
    local status=0
    "$python" -P -m pharmacy_app "$@" || status=$?
    [ "$status" != 120 ] || stop "The answer could not be written." # Python's own word for it
    [ "$status" = 0 ] || exit "$status"
}

# The answer goes beside its file and is then moved into place: never half of one.
ask_into() {
    local file=$1 part=$1.part.$$
    shift
    (ask "$@") >"$part" || { local status=$? && rm -f -- "$part" && exit "$status"; }
    mv -f -- "$part" "$file" || stop "The file cannot be written: $file"
}
