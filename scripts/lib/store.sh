# shellcheck shell=bash
# Where backups are kept: a folder, or a bucket that rclone speaks to with the same AWS_… variables as the shop.

_rclone() { rclone --config /dev/null --retries 3 --low-level-retries 3 --contimeout 10s "$@"; }

# Opens a folder, or s3://bucket/prefix.
store_open() {
    case $1 in
        s3://?*)
            need rclone
            store_kind=bucket store_at=:s3:${1#s3://}
            local endpoint=${AWS_ENDPOINT_URL_S3:-${AWS_ENDPOINT_URL:-${AWS_ENDPOINT:-}}}
            export RCLONE_S3_ENV_AUTH=true RCLONE_S3_NO_CHECK_BUCKET=true
            export RCLONE_S3_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}}
            export RCLONE_S3_PROVIDER=AWS
            # rclone calls it by another name, and stumbles over this one.
            [[ -z ${AWS_CA_BUNDLE-} ]] || export RCLONE_CA_CERT=$AWS_CA_BUNDLE
            unset AWS_CA_BUNDLE
            [[ -z $endpoint ]] || export RCLONE_S3_PROVIDER=Other RCLONE_S3_ENDPOINT=$endpoint
            ;;
        *://*) fail "Backups are kept in a folder or in s3://bucket/prefix, and not in $1." ;;
        '') fail 'BACKUP_TO is to name where backups are kept: a folder, or s3://bucket/prefix.' ;;
        *) store_kind=folder store_at=$1 ;;
    esac
    store_at=${store_at%/}
}

# Where a file is made before it is put there: beside a folder's own, so that it only has to be renamed.
store_workspace() {
    if [[ $store_kind == folder && -d $store_at ]]; then
        work_folder "$store_at"
    else
        work_folder "${TMPDIR:-/tmp}"
    fi
}

# The names in a folder of the store, one a line: none where the folder is not there yet.
store_list() {
    if [[ $store_kind == folder ]]; then
        [[ ! -d $store_at/$1 ]] || find "$store_at/$1" -maxdepth 1 -type f -printf '%f\n' | sort
    else
        _rclone lsf --files-only "$store_at/$1" 2>"$work/said" | sort || {
            grep -q 'directory not found' "$work/said" || { cat "$work/said" >&2 && return 1; }
        }
    fi
}

# Moves a finished file into the store: it is there whole, or it is not there.
store_put() {
    local file=$1 name=$2
    if [[ $store_kind == folder ]]; then
        run mkdir -p "$store_at/${name%/*}"
        run sync "$file"
        run mv "$file" "$store_at/$name"
        run sync "$store_at/${name%/*}"
    else
        # rclone compares what arrived with what it sent.
        run _rclone copyto "$file" "$store_at/$name"
    fi
}

store_get() {
    if [[ $store_kind == folder ]]; then
        cp -- "$store_at/$1" "$2"
    else
        _rclone copyto "$store_at/$1" "$2"
    fi
}

store_remove() {
    if [[ $store_kind == folder ]]; then
        run rm -f -- "$store_at/$1"
    else
        run _rclone deletefile "$store_at/$1"
    fi
}

# Copies what a folder has and the other lacks. The names of pictures are sums of their content: what has the same name and
# size is the same, and nothing is ever overwritten by something else.
store_add_files() {
    local from=$1 to=$2
    if [[ $from == :s3:* || $to == :s3:* ]]; then
        run _rclone copy --size-only --exclude '*#*' "$from" "$to"
        return
    fi
    run mkdir -p "$to"
    _files "$from" >"$work/has"
    _files "$to" >"$work/known"
    LC_ALL=C comm -23 "$work/has" "$work/known" | cut -f 2- >"$work/missing"
    say "$(wc -l <"$work/missing" | tr -d ' ') of $(wc -l <"$work/has" | tr -d ' ') pictures' files are new"
    if [[ -s $work/missing ]] && ! $dry_run; then
        # Into a folder beside first, so that a file that is there is whole.
        local part=$to/.part
        rm -rf "$part"
        mkdir "$part"
        tar -C "$from" -cf - --verbatim-files-from -T "$work/missing" | tar -C "$part" -xf -
        (cd "$part" && find . -type d -exec mkdir -p "$to/{}" \; && find . -type f -exec mv {} "$to/{}" \;)
        rm -rf "$part"
    fi
}

# Size and path of every file; what is still being written has a # in its name.
_files() {
    [[ ! -d $1 ]] || find "$1" -path "$1/.part" -prune -o -type f ! -name '*#*' -printf '%s\t%P\n' | LC_ALL=C sort
}
