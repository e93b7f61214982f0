# shellcheck shell=bash
# Kubernetes, as far as a switch between two colours needs it.

# `${kubectl[@]}` is kubectl with where to look; kept apart so that --dry-run can print it.
use_cluster() {
    need kubectl
    kubectl=(kubectl ${context:+--context "$context"} --namespace "$namespace")
}

# What the cluster says; an empty answer where the thing is not there.
look_up() { "${kubectl[@]}" get "$@" --ignore-not-found; }

# Writes every object of an overlay into `$work/objects`, as kind-name.yaml, with one image in the place of another.
render() {
    local overlay=$1 old=$2 new=$3
    rm -rf "$work/objects"
    mkdir "$work/objects"
    kubectl kustomize "$overlay" >"$work/rendered" || fail "$overlay cannot be rendered."
    awk -v folder="$work/objects" -v old="$old" -v new="$new" '
        function keep() { if (kind != "") { file = folder "/" kind "-" name ".yaml"; printf "%s", text > file; close(file) } text = kind = name = "" }
        /^---$/ { keep(); next }
        /^kind: / { kind = $2 }
        /^[a-z]/ { top = $1 }
        top == "metadata:" && /^  name: / { name = $2 }
        { line = $0 }
        old != "" && line ~ /^ +(- )?image: / && $NF == old { sub(/image: .*/, "image: " new, line) }
        { text = text line "\n" }
        END { keep() }
    ' "$work/rendered"
}

# The image that an object of the overlay runs.
image_in() { sed -n 's/^ *\(- \)\{0,1\}image: //p' "$1" | head -n 1; }

# Applies some of the objects, in one call.
apply() {
    local files=() file
    for file in "$@"; do files+=(-f "$file"); done
    run "${kubectl[@]}" apply "${files[@]}"
}

# Forwards a port of a pod or a service; `$forwarded` is where it answers on this machine.
forward() {
    local what=$1 port=$2 log=$work/forward-$RANDOM$RANDOM tries
    if $dry_run; then
        run "${kubectl[@]}" port-forward "$what" ":$port"
        forwarded=http://127.0.0.1:0
        return
    fi
    : >"$log"
    "${kubectl[@]}" port-forward --address 127.0.0.1 "$what" ":$port" >"$log" 2>&1 &
    local pid=$!
    forwards+=("$pid")
    for ((tries = 0; tries < 100; tries++)); do
        forwarded=$(sed -n 's/^Forwarding from \(127.0.0.1:[0-9]*\) .*/http:\/\/\1/p' "$log" | head -n 1)
        [[ -z $forwarded ]] || return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    warn "$what cannot be reached: $(tail -n 1 "$log")"
    return 1
}

forwards=()
end_forwards() {
    local pid
    for pid in "${forwards[@]+"${forwards[@]}"}"; do kill "$pid" 2>/dev/null || true; done
    forwards=()
}
