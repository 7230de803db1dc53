"""The whole product as an operator meets it: `pasokh serve` and what may happen to it."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import psutil
import psycopg
import pytest

from pasokh.config import embedded, web

from .conftest import PATIENCE, First, Place, until

pytestmark = pytest.mark.serial

ALL = {"database": True, "web": True, "worker": True}


def connect(place: Place) -> "psycopg.Connection[tuple[int, ...]]":
    address = embedded.address(place.environment)
    assert address
    return psycopg.connect(address.dsn)


def test_it_tells_the_address_and_the_first_link_and_ctrl_c_leaves_no_process(first: First):
    address, lines = first.place.address, first.place.said().splitlines()

    assert first.health == (200, ALL)
    assert f"Pasokh is running: {address}/ (Ctrl-C stops it.)" in lines
    assert lines[-2].startswith(f"To make the first administrator, open {address}/en/setup/")
    assert lines[-2].endswith("/ within 24 hours.")
    assert lines[-1] == "Stopping. (Ctrl-C again stops at once.)"
    assert (first.code, first.left) == (0, [])


def test_every_start_makes_a_new_link_while_there_is_no_administrator(running: Place, first: First):
    links = [line for place in (first.place, running) for line in place.said().splitlines()]
    tokens = {line.split("/setup/")[1] for line in links if "/setup/" in line}

    assert len(tokens) == 2


def test_after_kill_9_of_everything_the_next_start_has_every_committed_act(ready: Place):
    ready.serve()
    with connect(ready) as connection:
        connection.execute("CREATE TABLE act (number int)")
        connection.execute("INSERT INTO act SELECT generate_series(1, 1000)")
    ready.kill_everything()

    ready.serve()

    assert ready.health() == (200, ALL)
    with connect(ready) as connection:
        assert connection.execute("SELECT count(*) FROM act").fetchone() == (1000,)


def test_web_and_worker_die_with_the_supervisor_and_the_database_is_adopted(ready: Place):
    first = ready.serve()
    postmaster = ready.postmaster()
    programs = psutil.Process(first.pid).children(recursive=True)
    ours = [process for process in programs if "pasokh.config" in process.cmdline()]
    assert len(ours) == 2 + web.WORKERS  # what starts the web's processes, and the worker

    first.kill()
    first.wait()
    psutil.wait_procs(ours, timeout=30)
    assert [process for process in ours if process.is_running()] == []

    ready.serve()
    assert ready.postmaster() == postmaster
    assert ready.health() == (200, ALL)


def test_connections_that_stand_idle_do_not_hold_up_the_stop(ready: Place):
    process = ready.serve()
    here = ("127.0.0.1", ready.port)
    idle = [socket.create_connection(here, timeout=PATIENCE) for _ in range(8)]
    for one in idle[:-1]:  # the last one is open and has asked for nothing yet
        one.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{ready.port}\r\n\r\n".encode())
        assert b"200 OK" in one.recv(4096)

    process.send_signal(signal.SIGINT)

    assert process.wait(PATIENCE) == 0
    assert "refused to gracefully stop" not in ready.said()  # nobody had to be killed
    for one in idle:
        while one.recv(4096):  # what was left of the answer, until the server has hung up
            pass
        one.close()


def test_a_killed_part_is_told_by_healthz_and_started_again(running: Place):

    running.part("worker").kill()
    until(lambda: running.health() == (503, {**ALL, "worker": False}), "the loss of the worker")
    until(lambda: running.health() == (200, ALL), "the worker's return")

    server = running.part("web")
    server.kill()
    until(lambda: running.health()[0] == 0, "the loss of the web server")
    until(lambda: running.health() == (200, ALL), "the web server's return")
    assert "The worker ended (code -9) and starts again in 1 seconds." in running.said()


@pytest.mark.skipif(web.WORKERS < 2, reason="with one processor core there is one web process")
def test_a_web_process_that_is_killed_is_replaced_while_the_others_answer(running: Place):
    server = running.part("web")

    def processes() -> set[int]:
        return {process.pid for process in server.children()}

    before = processes()
    assert len(before) == web.WORKERS

    os.kill(min(before), signal.SIGKILL)

    until(lambda: len(processes() - before) == 1, "another process in its place")
    until(lambda: running.health() == (200, ALL), "an answer of the web server")
    assert len(processes() & before) == web.WORKERS - 1
    assert running.part("web") == server


def test_a_database_that_ends_is_started_again_under_a_living_supervisor(running: Place):
    process = running.started[-1]
    postmaster = running.postmaster()
    os.kill(postmaster, signal.SIGKILL)

    until(lambda: "The database ended; it is being started again." in running.said(), "the news")
    until(lambda: running.health() == (200, ALL), "the database's return")

    assert running.postmaster() != postmaster
    assert process.poll() is None


def test_a_second_serve_on_the_same_data_names_the_first(running: Place):
    process = running.started[-1]

    second = running.pasokh("serve", "--port", str(running.port))

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Pasokh is already running on {running.environ['PASOKH_DATA']} (process {process.pid}, "
        f"{running.address}/). Open that address, or stop it first, or choose another folder with "
        "PASOKH_DATA.\n"
    )
    assert running.health() == (200, ALL)


def test_a_taken_port_is_said_in_one_sentence_before_anything_is_made(place: Place):
    with socket.socket() as other:
        other.bind(("127.0.0.1", place.port))
        other.listen()
        told = place.pasokh("serve", "--port", str(place.port))

    assert told.returncode == 1
    assert told.stderr == (
        f"Port {place.port} of 127.0.0.1 is taken by another program. "
        "Stop that program, or choose another port with --port.\n"
    )
    assert not (Path(place.environ["PASOKH_DATA"]) / "database").exists()


def test_a_request_to_stop_during_the_first_start_leaves_no_process(place: Place):
    process = subprocess.Popen(
        place.serving,
        env=place.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    place.started.append(process)
    cluster = Path(place.environ["PASOKH_DATA"], "database", "cluster")
    until(cluster.exists, "the cluster")

    process.send_signal(signal.SIGTERM)

    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert place.processes() == []
