from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft201909Validator

from streams.cli import COMMANDS, cli
from streams.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("tocsin:")}

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


def test_the_file_fits_the_compose_specification():
    schema = json.loads(Path(__file__).with_name("compose-spec.json").read_text())
    assert [
        f"{error.json_path}: {error.message}" for error in Draft201909Validator(schema).iter_errors(COMPOSE)
    ] == []


def test_docker_compose_reads_the_file(check_with):
    result = check_with("docker-compose", "config", "--quiet", GRAFANA_PASSWORD="x")
    assert result.returncode == 0, result.stderr


def test_grafana_does_not_start_without_a_password_of_your_own(check_with):
    result = check_with("docker-compose", "config", "--quiet", GRAFANA_PASSWORD="")
    assert result.returncode != 0
    assert "GRAFANA_PASSWORD" in result.stderr


def test_the_file_holds_no_secret():
    secrets = {
        name: value
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if re.search("PASSWORD|SECRET|TOKEN", name)
    }
    assert secrets
    assert all(re.fullmatch(r"\$\{\w+:(\?.+|-)\}", value) for value in secrets.values())


@each_service
def test_every_image_is_pinned(service):
    if "build" not in service:
        assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+@sha256:[0-9a-f]{64}", service["image"])


def test_our_image_carries_the_version_of_the_project():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert OURS
    assert all(service["image"] == f"tocsin:{version}" for service in OURS.values())
    assert f"tocsin:{version}" in (ROOT / "Dockerfile").read_text()


@each_service
def test_every_service_runs_with_the_least_rights(service):
    assert service["user"] not in {"root", "0", "0:0"}
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True
    assert "privileged" not in service
    assert "cap_add" not in service


@each_service
def test_every_service_has_a_limit_of_memory(service):
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"topics"}))
def test_every_lasting_service_says_whether_it_is_well_and_is_given_time_to_stop(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["stop_grace_period"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@each_service
def test_no_port_is_bound_beyond_this_machine_except_by_choice(service):
    assert all(port.startswith("${TOCSIN_BIND:-127.0.0.1}:") for port in service.get("ports", []))
    assert service.get("network_mode") is None


def test_workers_can_be_scaled():
    worker = SERVICES["worker"]
    assert "container_name" not in worker
    assert "ports" not in worker
    assert "hostname" not in worker
    assert "TOCSIN_WORKER_ID" not in worker["environment"]


def test_the_ports_are_those_that_the_settings_default_to():
    defaults = Settings()
    host, port = defaults.bootstrap.split(":")
    assert SERVICES["kafka"]["ports"] == [f"${{TOCSIN_BIND:-{host}}}:{port}:{port}"]
    assert f"127.0.0.1:{defaults.web_port}/healthz" in SERVICES["worker"]["healthcheck"]["test"][-1]
    scrape = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"][0]
    assert scrape["dns_sd_configs"][0]["port"] == defaults.web_port


def test_prometheus_finds_the_workers_by_the_name_of_their_service():
    scrape = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"][0]
    assert scrape["dns_sd_configs"][0]["names"] == ["worker"]
    assert "worker" in SERVICES


def test_workers_reach_kafka_at_an_address_that_it_advertises():
    bootstrap = SERVICES["worker"]["environment"]["TOCSIN_BOOTSTRAP"]
    assert f"PLAINTEXT://{bootstrap}" in SERVICES["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"].split(
        ","
    )
    assert bootstrap.partition(":")[0] in SERVICES


def test_topics_are_never_created_by_accident():
    assert SERVICES["kafka"]["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert SERVICES["worker"]["depends_on"]["topics"] == {"condition": "service_completed_successfully"}


@each_service
def test_every_mounted_path_exists_and_cannot_be_written(service):
    for volume in service.get("volumes", []):
        source, _, target = volume.partition(":")
        if source.startswith("."):
            assert (ROOT / source).is_dir()
            assert target.endswith(":ro")
        else:
            assert source in COMPOSE["volumes"]


@pytest.mark.parametrize("service", OURS.values(), ids=OURS)
def test_every_command_of_ours_exists(service):
    assert service["command"][0] in COMMANDS
    result = CliRunner().invoke(cli, [*service["command"], "--help"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("service", OURS.values(), ids=OURS)
def test_every_setting_of_ours_exists_and_is_valid(service):
    given = {
        name.removeprefix("TOCSIN_").lower(): re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
        for name, value in service["environment"].items()
    }
    assert given.keys() <= Settings.model_fields.keys()
    Settings.model_validate(given)


def test_delivery_is_one_process_at_the_port_that_the_settings_default_to():
    deliver, port = SERVICES["deliver"], Settings().deliver_port
    assert "deploy" not in deliver
    assert deliver["ports"] == [f"${{TOCSIN_BIND:-127.0.0.1}}:{port}:{port}"]
    assert f"127.0.0.1:{port}/healthz" in deliver["healthcheck"]["test"][-1]
    scrapes = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"]
    [scrape] = [one for one in scrapes if one["job_name"] == "tocsin-deliver"]
    assert scrape["static_configs"][0]["targets"] == [f"deliver:{port}"]


def test_the_live_page_is_served_at_the_port_that_the_settings_default_to():
    page, port = SERVICES["web"], Settings().web_page_port
    assert page["ports"] == [f"${{TOCSIN_BIND:-127.0.0.1}}:{port}:{port}"]
    assert f"127.0.0.1:{port}/healthz" in page["healthcheck"]["test"][-1]
    scrapes = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"]
    [scrape] = [one for one in scrapes if one["job_name"] == "tocsin-web"]
    [target] = scrape["static_configs"][0]["targets"]
    assert target == f"web:{port}"
    assert "web" in page["environment"]["TOCSIN_WEB_NAMES"].split(",")


def test_posting_of_articles_is_asked_for_needs_a_token_and_keeps_its_spool():
    ingest, port = SERVICES["ingest"], Settings().ingest_http_port
    assert ingest["profiles"] == ["ingest"]
    assert ingest["ports"] == [f"${{TOCSIN_BIND:-127.0.0.1}}:{port}:{port}"]
    assert f"127.0.0.1:{port}/healthz" in ingest["healthcheck"]["test"][-1]
    assert ingest["environment"]["TOCSIN_INGEST_TOKEN"].startswith("${TOCSIN_INGEST_TOKEN:-}")
    assert ingest["volumes"] == [f"spool:{ingest['environment']['TOCSIN_SPOOL']}"]
    assert "spool" in COMPOSE["volumes"]
    scrapes = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"]
    [scrape] = [one for one in scrapes if one["job_name"] == "tocsin-ingest"]
    assert scrape["dns_sd_configs"][0] | {"port": port, "names": ["ingest"]} == scrape["dns_sd_configs"][0]


def test_polling_of_feeds_is_asked_for_and_keeps_what_it_knows():
    feeds, port = SERVICES["feeds"], Settings().feeds_port
    assert feeds["profiles"] == ["feeds"]
    assert feeds["ports"] == [f"${{TOCSIN_BIND:-127.0.0.1}}:{port}:{port}"]
    assert f"127.0.0.1:{port}/healthz" in feeds["healthcheck"]["test"][-1]
    (volume,) = feeds["volumes"]
    kept = volume.removeprefix("feeds:")
    assert all(
        feeds["environment"][name].startswith(f"{kept}/") for name in ("TOCSIN_FEEDS_STATE", "TOCSIN_SPOOL")
    )
    assert kept in (ROOT / "Dockerfile").read_text(), "the folder belongs to the user of the image"
    scrapes = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"]
    [scrape] = [one for one in scrapes if one["job_name"] == "tocsin-feeds"]
    assert scrape["dns_sd_configs"][0] | {"port": port, "names": ["feeds"]} == scrape["dns_sd_configs"][0]


def test_the_receivers_that_ship_are_sound():
    result = CliRunner().invoke(
        cli, ["receivers", "check", "--receivers", str(ROOT / "deploy/delivery/receivers.yaml")]
    )
    assert result.exit_code == 0, result.output
