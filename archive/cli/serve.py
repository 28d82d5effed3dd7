"""``reading-room serve``: the site with its worker, in one command."""

from __future__ import annotations

import socket
import sys
import tempfile

import click

from archive.cli.supervisor import Supervisor
from archive.parts import opened_parts
from archive.samples.accounts import demo_notice
from archive.settings import Settings

WORKER_NICENESS = 10  # whoever reads a page now goes before files that wait to be read


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Site processes.")
@click.pass_obj
def command(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve the site, with a worker beside it. Both are started again should they die."""
    with opened_parts(settings):
        pass  # make the home and bring the tables up to date before anything serves from them
    listener = _listen(host, port)
    click.echo(f"Reading Room is at {_address(host, listener)}   (stop with Ctrl-C)", err=True)
    click.echo(demo_notice(settings.home), err=True, nl=False)
    worker = [sys.executable, "-m", "archive", "--home", str(settings.home), "worker"]
    supervisor = Supervisor()
    for number in range(workers):
        supervisor.keep_forked(f"site {number + 1}", lambda: _serve_site(settings, listener))
    supervisor.keep_running("worker", worker, niceness=WORKER_NICENESS)
    supervisor.run()


def _listen(host: str, port: int) -> socket.socket:
    """One socket for all site processes: the kernel hands each connection to one of them."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(address[0], socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address[4])
    except OSError as error:
        raise click.UsageError(
            f"Cannot listen on {host} port {port}: {error.strerror}. Choose another with --port."
        ) from error
    listener.listen(1024)
    return listener


def _serve_site(settings: Settings, listener: socket.socket) -> None:
    from archive.app import serving_app
    from archive.cli.site_server import make_server

    # Long requests wait in files until they are whole: beside the files on their way in, for their owner
    # alone, and not in a /tmp that may be a piece of memory.
    folder = settings.home / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(folder)
    make_server(
        serving_app(settings),
        most_upload_mb=settings.most_upload_mb,
        sockets=[listener],
        trusted_proxy=settings.trusted_proxy,
    ).run()


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    shown = "127.0.0.1" if host in ("", "0.0.0.0") else f"[{host}]" if ":" in host else host  # noqa: S104  shown, not bound
    return f"http://{shown}:{port}"
