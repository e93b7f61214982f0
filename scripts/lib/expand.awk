# Reads a migration and prints every statement that the release before might not run on: what drops, renames or narrows.
# What loosens (dropping an index, a constraint, `not null`) and what adds is let through.

{ text = text $0 "\n" }

END {
    read_statements(text)
    for (i = 1; i <= count; i++) look_at(statements[i])
}

# Cuts the text into statements, in lower case and on one line, with comments, literals and bodies of functions taken out.
function read_statements(text,    at, two, rest, end, tag) {
    statement = ""
    for (at = 1; at <= length(text); ) {
        rest = substr(text, at)
        two = substr(rest, 1, 2)
        if (two == "--") at += index(rest, "\n")
        else if (two == "/*") at += past(rest, "*/", 3)
        else if (substr(rest, 1, 1) == "'") { statement = statement "''"; at += past(rest, "'", 2) }
        else if (match(rest, /^\$[a-zA-Z_]*\$/)) { tag = substr(rest, 1, RLENGTH); statement = statement "''"; at += past(rest, tag, RLENGTH + 1) }
        else if (substr(rest, 1, 1) == ";") { keep_statement(); at++ }
        else { statement = statement substr(rest, 1, 1); at++ }
    }
    keep_statement()
}

# How far it is to behind the next `mark`, from the `from`th sign on.
function past(rest, mark, from,    where) {
    where = index(substr(rest, from), mark)
    return where ? from - 1 + where - 1 + length(mark) : length(rest)
}

function keep_statement() {
    gsub(/[ \t\r\n]+/, " ", statement)
    sub(/^ /, "", statement); sub(/ $/, "", statement)
    if (statement != "") statements[++count] = tolower(statement)
    statement = ""
}

function look_at(statement,    actions, many, i) {
    if (statement ~ /^drop / && statement !~ /^drop (index|trigger) /) tell(statement)
    else if (statement ~ /^truncate( |$)/) tell(statement)
    else if (statement ~ /^do( |$)/) tell(statement " (what it does cannot be seen)")
    else if (statement ~ /^alter table /) {
        sub(/^alter table (if exists )?(only )?("[^"]*"|[^ ]+) /, "", statement)
        many = cut(statement, actions)
        for (i = 1; i <= many; i++) if (narrows(actions[i])) tell("alter table … " actions[i])
    } else if (statement ~ /^alter [a-z ]+ rename( |$)/ || statement ~ /^alter .* rename (to|attribute|value|column) /) tell(statement)
    else if (statement ~ /^alter type .* drop attribute /) tell(statement)
}

# Cuts at the commas that are in no brackets.
function cut(text, actions,    i, sign, depth, many, one) {
    many = 0; depth = 0; one = ""
    for (i = 1; i <= length(text); i++) {
        sign = substr(text, i, 1)
        if (sign == "(") depth++
        if (sign == ")") depth--
        if (sign == "," && depth == 0) { actions[++many] = one; one = "" }
        else if (one != "" || sign != " ") one = one sign
    }
    actions[++many] = one
    return many
}

function narrows(action) {
    if (action ~ /^rename /) return 1
    if (action ~ /^drop /) return action !~ /^drop constraint /
    if (action ~ /^alter /) return action ~ / type / || action ~ / set not null/ || action ~ / drop default/
    # The release before writes rows without it.
    if (action ~ /^add / && action !~ /^add constraint /) return action ~ / not null/ && action !~ / default / && action !~ / generated /
    return 0
}

function tell(statement) { print substr(statement, 1, 160) }
