# Set-up shared by ./run, ./test and the checks: read with `source` after `root` has been set to the checkout.
#
# Kept in .venv, nothing else is written in the checkout:
#   .stamp-run, .stamp-test   what the environment was made from; written last, so half a set-up has none
#   .libraries-window|-test   the system's libraries were found; asked again when packages change
#   .compiled                 the program's own modules have been compiled since
#   .lock                     held while one process sets up; a second one waits
#
# Words go to standard error: standard output belongs to the program.

environment=$root/.venv
python=$environment/bin/python
purpose= # what the system's libraries are needed for: window, test or nothing
own_packages=("$root/pharmacy_app" "$root/ui" "$root/labels" "$root/db")
station_trouble=4

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$@"
    exit "$station_trouble"
}

case $root in
    *:*) stop "The program cannot run from $root: a folder with a colon in its name is not possible. Move it." ;;
esac

# --- The environment -----------------------------------------------------------------------------------------------

# The hashed lock a kind of set-up installs; the tests' lock holds everything of the program's (a test proves it).
lock_of() {
    case $1 in
        run) printf '%s' "$root/requirements.lock" ;;
        test) printf '%s' "$root/requirements-test.lock" ;;
    esac
}

# The digest of the lock and the interpreter behind .venv: a new lock or another Python makes the stamp invalid.
stamp_text() {
    local digest interpreter
    digest=$(sha256sum <"$(lock_of "$1")")
    interpreter=$(readlink -f -- "$python") || interpreter=none
    printf '%s %s' "${digest%% *}" "$interpreter"
}

has_stamp() {
    local stamp=$environment/.stamp-$1
    [ -x "$python" ] && [ -f "$stamp" ] && [ "$(<"$stamp")" = "$(stamp_text "$1")" ]
}

# What is ready for the tests is ready for the program.
environment_is_ready() { has_stamp "$1" || has_stamp test; }

set_up_environment() {
    mkdir -p -- "$environment" 2>/dev/null && [ -w "$environment" ] ||
        stop "Set-up needs to write in $environment, and may not. Run it once as the owner of that folder."
    (
        if command -v flock >/dev/null; then
            exec 9>"$environment/.lock"
            flock --nonblock 9 || { say "Another set-up is under way; waiting for it …" && flock 9; }
        fi
        environment_is_ready "$1" || make_environment "$1"
    ) || exit $?
}

make_environment() {
    local log=$environment/.setup.log lock from=
    [ ! -d "$root/wheelhouse" ] || from=" Packages are taken from $root/wheelhouse alone, as long as that folder is there."
    lock=$(lock_of "$1")
    [ -r "$lock" ] || stop "Set-up needs $lock, and cannot read it."
    say "Setting up in $environment, about a minute …"
    rm -f -- "$environment/.stamp-test" "$environment/.compiled"
    environment_is_ready run || renew_environment
    install_locked "$lock" >"$log" 2>&1 || stop_with_log "$log" "Set-up did not finish; start it again when this is put right.$from"
    "$python" -I -m compileall -q -j 0 "$(site_packages)" >/dev/null 2>&1 || true
    write_stamp run && { [ "$1" = run ] || write_stamp "$1"; } || stop "Set-up did not finish: $environment cannot be written."
    say "Set-up is done."
}

# Nothing of an environment without a valid stamp is trusted: half an installation looks like a whole one to pip.
renew_environment() {
    local base
    find_base_python
    find "$environment" -mindepth 1 -maxdepth 1 ! -name .lock -exec rm -rf -- {} + ||
        stop "Set-up needs to empty $environment, and may not. Remove that folder, then start again."
    "$base" -I -m venv "$environment" >"$environment/.setup.log" 2>&1 ||
        stop_with_log "$environment/.setup.log" "$base could not make a virtual environment."
}

# Sets `base` to a Python that is new enough and can make an environment; installs the venv module where it is missing.
find_base_python() {
    local candidates=("${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11) candidate version missing
    for candidate in "${candidates[@]}"; do
        base=$candidate
        if is_new_enough "$base" && "$base" -I -c 'import ensurepip, venv' 2>/dev/null; then return; fi
    done
    for candidate in "${candidates[@]}"; do
        base=$candidate
        is_new_enough "$base" || continue
        version=$("$base" -I -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
        mapfile -t missing < <(missing_for_purpose "$base")
        install_packages "Python's venv module is missing." "$version-venv python3-venv" "${missing[@]}"
        if "$base" -I -c 'import ensurepip, venv' 2>/dev/null; then return; fi
        stop "$base still cannot make a virtual environment: its modules ensurepip and venv are missing."
    done
    stop "Python 3.11, 3.12, 3.13 or 3.14 is needed, and none was found. Install it, on Debian or Ubuntu by: apt-get install python3 python3-venv. Or name one by PYTHON=/path/to/python3."
}

is_new_enough() {
    command -v "$1" >/dev/null && "$1" -I -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null
}

install_locked() {
    local source=()
    [ ! -d "$root/wheelhouse" ] || source=(--no-index --find-links "$root/wheelhouse")
    PIP_USER=0 "$python" -I -m pip install --disable-pip-version-check --no-input --no-compile --progress-bar off \
        --only-binary :all: --require-hashes "${source[@]}" -r "$1"
}

site_packages() { "$python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }

write_stamp() {
    stamp_text "$1" >"$environment/.stamp.new" && mv -f -- "$environment/.stamp.new" "$environment/.stamp-$1"
}

stop_with_log() {
    tail -n 15 -- "$1" >&2 || true
    shift
    stop "$@"
}

# Bytecode of the program's own modules, also where PYTHONDONTWRITEBYTECODE forbids Python to leave any.
compile_own_code() {
    local compiled=$environment/.compiled changed
    if [ -f "$compiled" ]; then
        changed=$(find "${own_packages[@]}" -name '*.py' -newer "$compiled" -print -quit)
        [ -n "$changed" ] || return 0
    fi
    [ -w "$environment" ] || return 0
    : >"$compiled.new.$$"
    "$python" -I -m compileall -q "${own_packages[@]}" >/dev/null 2>&1 || true
    mv -f -- "$compiled.new.$$" "$compiled"
}

# With `python -P` neither the folder one stands in nor anyone's PYTHONPATH can put a json.py before Python's own.
use_own_code_alone() {
    unset PYTHONHOME
    export PYTHONPATH=$root
}

# --- The system's packages -----------------------------------------------------------------------------------------

# ensure_libraries window|test: what Qt needs, found by loading it.
ensure_libraries() {
    local found=$environment/.libraries-$1 missing
    [ ! -f "$found" ] || [ /var/lib/dpkg/status -nt "$found" ] || return 0
    missing=$("$python" -I "$root/installer/libraries.py" "$1") || stop "The system's libraries could not be looked at."
    if [ -n "$missing" ]; then
        purpose=$1
        mapfile -t missing < <(missing_for_purpose "$python")
        install_packages "Libraries of the system are missing." "${missing[@]}"
        missing=$("$python" -I "$root/installer/libraries.py" "$1")
        [ -z "$missing" ] || stop "Still missing after the installation: $missing"
    fi
    [ ! -w "$environment" ] || : >"$found"
}

# One line for each package that `purpose` needs and the system lacks, so that a person is told everything at once.
missing_for_purpose() {
    [ -n "$purpose" ] || return 0
    "$1" -I "$root/installer/libraries.py" "$purpose"
    [ "$purpose" != test ] || has_postgresql || echo postgresql
}

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

# The only thing that tests may do without: what did not run is then said at the end, and is a failure where CI=true.
ensure_postgresql() {
    [ -z "${PHARMACY_APP_TEST_POSTGRESQL:-}" ] || return 0
    has_postgresql && return
    (install_packages "PostgreSQL is missing, which some tests need." postgresql) || true
}

# install_packages WHY "NAME [OTHER-NAME]"...: the first name of each that apt knows; refuses, naming the command to type.
install_packages() {
    local why=$1 as_root=() command packages status=0
    shift
    command -v apt-get >/dev/null ||
        stop "$why This system has no apt-get; install by its own means what Debian calls: ${*%% *}"
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            packages=$(choose_packages "$@")
            command="apt-get update && apt-get install --yes --no-install-recommends $packages"
            if command -v sudo >/dev/null; then command="sudo sh -c '$command'"; else command="su -c '$command'"; fi
            stop "$why To install what is needed, type:"$'\n'"    $command"
        fi
    fi
    say "$why Installing what is needed, about a minute …"
    apt_get update || true
    packages=$(choose_packages "$@")
    keep_cluster_away "$packages"
    # shellcheck disable=SC2086  # a list of package names
    apt_get install --yes --no-install-recommends $packages || status=$?
    let_clusters_be
    [ "$status" = 0 ] || stop "apt-get could not install: $packages"
}

# apt-get's own words are shown only when it fails.
apt_get() {
    local words status=0
    words=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get -qq -o DPkg::Lock::Timeout=600 "$@" 2>&1 </dev/null) || status=$?
    [ "$status" = 0 ] || say "$words"
    return "$status"
}

# Releases name the same library differently, so every name is tried; the last one where apt knows none (yet).
choose_packages() {
    local names name chosen=()
    for names in "$@"; do
        for name in $names; do
            LC_ALL=C apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]' && break
        done
        chosen+=("$name")
    done
    printf '%s' "${chosen[*]}"
}

# Debian's package makes and starts a database server of its own unless it is told not to beforehand. Afterwards the
# package's own settings are put in place: what anyone installs later is none of this program's business.
cluster_settings=/etc/postgresql-common/createcluster.conf
cluster_settings_are_ours=false

keep_cluster_away() {
    case " $1 " in *" postgresql "*) ;; *) return 0 ;; esac
    [ ! -e "$cluster_settings" ] || return 0
    "${as_root[@]}" mkdir -p "${cluster_settings%/*}"
    printf 'create_main_cluster = false\n' | "${as_root[@]}" tee "$cluster_settings" >/dev/null
    cluster_settings_are_ours=true
}

let_clusters_be() {
    [ "$cluster_settings_are_ours" = true ] || return 0
    if [ -e "$cluster_settings.ucf-dist" ]; then
        "${as_root[@]}" mv -f "$cluster_settings.ucf-dist" "$cluster_settings"
    else
        "${as_root[@]}" rm -f "$cluster_settings"
    fi
    cluster_settings_are_ours=false
}
