# shellcheck shell=bash
# Postgres, by the address that the shop has too. It goes into PG* variables: an argument would be seen by everybody who
# lists processes, password and all.

decoded() {
    local text=${1//\\/\\\\}
    printf '%b' "${text//%/\\x}"
}

# postgres://user:password@host:port/name?sslmode=…
use_database_url() {
    local url=${1-} rest authority query='' option
    [[ $url =~ ^postgres(ql)?:// ]] || fail 'DATABASE_URL is to hold an address such as postgres://user:password@host/mercer.'
    rest=${url#*://}
    [[ $rest == *\?* ]] && query=${rest#*\?} && rest=${rest%%\?*}
    authority=${rest%%/*}
    [[ $rest == */* ]] && PGDATABASE=$(decoded "${rest#*/}") && export PGDATABASE
    if [[ $authority == *@* ]]; then
        _use_person "${authority%@*}"
        authority=${authority##*@}
    fi
    _use_server "$authority"
    while IFS= read -r -d '&' option || [[ -n $option ]]; do
        case $option in
            sslmode=*) export PGSSLMODE=${option#*=} ;;
            sslrootcert=*) PGSSLROOTCERT=$(decoded "${option#*=}") && export PGSSLROOTCERT ;;
            sslcert=*) PGSSLCERT=$(decoded "${option#*=}") && export PGSSLCERT ;;
            sslkey=*) PGSSLKEY=$(decoded "${option#*=}") && export PGSSLKEY ;;
            host=*) PGHOST=$(decoded "${option#*=}") && export PGHOST ;;
        esac
    done <<<"${query//$'\n'/}&"
    [[ -n ${PGDATABASE-} ]] || fail 'DATABASE_URL names no database.'
    export PGCONNECT_TIMEOUT=10 PGAPPNAME="mercer ${0##*/}"
}

_use_person() {
    PGUSER=$(decoded "${1%%:*}") && export PGUSER
    [[ $1 != *:* ]] || { PGPASSWORD=$(decoded "${1#*:}") && export PGPASSWORD; }
}

_use_server() {
    local host=$1 port=5432
    if [[ $host == \[*\]* ]]; then
        [[ $host == *\]:* ]] && port=${host##*:}
        host=${host#\[}
        host=${host%%\]*}
    elif [[ $host == *:* ]]; then
        port=${host##*:} host=${host%:*}
    fi
    [[ -z $host ]] || { PGHOST=$(decoded "$host") && export PGHOST; }
    export PGPORT=$port
}

# One statement, its rows without adornment. Work of this kind takes as long as it takes.
query() {
    local database=$1 statement=$2
    shift 2
    PGOPTIONS='-c statement_timeout=0 -c idle_in_transaction_session_timeout=0' \
        psql -XAtq -v ON_ERROR_STOP=1 "$@" -d "$database" <<<"$statement"
}
