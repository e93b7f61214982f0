# shellcheck shell=bash
# What the operator's scripts share: words to a person, commands that --dry-run only prints, and a folder that goes away.

umask 077
dry_run=false

say() { printf '· %s\n' "$*"; }
warn() { printf '! %s\n' "$*" >&2; }
fail() {
    warn "$*"
    exit 1
}

# A wrong call: tells what is wrong, and how to learn what is right.
usage_fault() {
    warn "$* (${0##*/} --help tells what there is)"
    exit 2
}

# The comment at the head of a script is its help.
help_of() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$1"; }

# Runs a command that changes something; with --dry-run it is printed instead.
run() {
    if $dry_run; then
        printf '  would run:'
        printf ' %q' "$@"
        printf '\n'
    else
        "$@"
    fi
}

need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "$tool is needed and not installed."
    done
}

# A number of at least `$2`, or a fault that names the option.
number() {
    { [[ $1 =~ ^[0-9]{1,6}$ ]] && ((10#$1 >= $2)); } || usage_fault "$3 takes a number from $2, and not '$1'."
}

# Takes settings from a file of NAME=value lines, as systemd and compose read it; what is set already goes first.
use_settings_of() {
    local line
    [[ -r $1 ]] || fail "$1 cannot be read."
    while IFS= read -r line || [[ -n $line ]]; do
        [[ $line =~ ^([A-Z_][A-Z0-9_]*)=(.*)$ ]] || continue
        [[ -n ${!BASH_REMATCH[1]+set} ]] || export "${BASH_REMATCH[1]}=${BASH_REMATCH[2]}"
    done <"$1"
}

# Makes `$work`, a folder beside `$1` that nobody else can read and that goes with the script.
work_folder() {
    work=$(mktemp -d "${1%/}/.mercer.XXXXXXXX")
    on_exit rm -rf "$work"
}

# A command that is run at the end, whatever the end is; the latest first.
_at_exit=()
on_exit() {
    local step
    printf -v step '%q ' "$@"
    _at_exit=("$step" "${_at_exit[@]+"${_at_exit[@]}"}")
    trap _run_at_exit EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
_run_at_exit() {
    local status=$? step
    trap - EXIT
    set +e
    # Whatever else comes now must not cut the way out short.
    trap '' HUP INT TERM
    for step in "${_at_exit[@]}"; do eval "$step"; done
    exit "$status"
}

sha256_of() { sha256sum -- "$1" | cut -d ' ' -f 1; }
bytes_of() { wc -c <"$1" | tr -d ' '; }
