# shellcheck shell=bash
# Watches a colour after the switch: its pods, their restarts, and what they answer.

pods_of() {
    look_up pods -l "app.kubernetes.io/name=mercer,app.kubernetes.io/component=web,mercer/colour=$1" \
        --field-selector=status.phase=Running -o name
}

# Where the metrics of each pod are read from now on, and how things stand before anybody comes.
begin_watch() {
    local pod
    metrics=()
    for pod in $(pods_of "$1"); do
        forward "$pod" internal || fail "$pod does not show its metrics. Nobody was led to it."
        metrics+=("$forwarded")
    done
    if $dry_run; then return; fi
    ((${#metrics[@]})) || fail "$1 has no pod."
    read -r answered_before failed_before < <(count_answers) || fail "The metrics of $1 cannot be read. Nobody was led to it."
    restarts_before=$(restarts_of "$1")
}

# All answers of the pods so far, and those among them that are a failure of the shop.
count_answers() {
    local url text=''
    for url in "${metrics[@]}"; do
        text+=$(curl --silent --fail --max-time 5 "$url/metrics")$'\n' || return 1
    done
    awk '/^mercer_http_requests_total\{/ { all += $NF; if (/status="5[0-9][0-9]"/) failed += $NF }
        END { printf "%d %d\n", all, failed }' <<<"$text"
}

restarts_of() {
    look_up pods -l "app.kubernetes.io/name=mercer,app.kubernetes.io/component=web,mercer/colour=$1" \
        -o 'jsonpath={range .items[*]}{.status.containerStatuses[0].restartCount}{"\n"}{end}' |
        awk '{ sum += $1 } END { print sum + 0 }'
}

# Looks every few seconds until the time is over; what is wrong is told, and ends it at once.
watch_over() {
    local colour=$1 until=$((SECONDS + watch)) unseen=0 all all_failed answered=0 failed=0 ready wanted
    say "watching $colour for $watch s"
    while ((SECONDS < until)); do
        sleep "${WATCH_PAUSE:-5}"
        wanted=$(look_up deployment "mercer-web-$colour" -o 'jsonpath={.spec.replicas}')
        ready=$(look_up deployment "mercer-web-$colour" -o 'jsonpath={.status.readyReplicas}')
        ((${ready:-0} * 2 >= ${wanted:-1})) || { warn "${ready:-0} of ${wanted:-?} pods are ready" && return 1; }
        (($(restarts_of "$colour") <= restarts_before)) || { warn 'a pod was started anew' && return 1; }
        if ! read -r all all_failed < <(count_answers); then
            # Once is a mishap, unless it is the last word.
            unseen=$((unseen + 1))
            ((unseen < 3)) || break
            continue
        fi
        unseen=0 answered=$((all - answered_before)) failed=$((all_failed - failed_before))
        # A handful may be somebody else's: below it no share is counted.
        ((failed <= 5 || failed * 100 <= answered * errors)) || {
            warn "$failed of $answered answers were failures" && return 1
        }
    done
    ((unseen == 0)) || { warn 'the metrics cannot be read' && return 1; }
    say "$answered answers, $failed of them failures; no pod was started anew"
}
