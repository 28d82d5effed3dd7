# The site, the worker and the command line in one image: what runs is chosen by the command.
#   docker build -t reading-room .
#   docker run -p 8000:8000 -v reading-room-home:/home/reading-room/archive reading-room

FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/reading-room
ENV PATH=/opt/reading-room/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# The locked dependencies change less often than the code: a layer of their own.
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN pip install --require-hashes -r requirements/build.txt -r requirements/runtime.txt
COPY . .
RUN pip install --no-deps --no-build-isolation .

FROM python:3.11-slim
# Files may hold what agencies did not mean to release: not root, and a home that is the owner's alone.
RUN useradd --uid 10001 --create-home reading-room
COPY --from=build /opt/reading-room /opt/reading-room
ENV PATH=/opt/reading-room/bin:$PATH PYTHONUNBUFFERED=1 READING_ROOM_HOME=/home/reading-room/archive
USER reading-room
RUN mkdir -m 700 /home/reading-room/archive
VOLUME /home/reading-room/archive
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["reading-room", "serve", "--host", "0.0.0.0"]
