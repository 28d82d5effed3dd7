from flask import Blueprint

blueprint = Blueprint("search_api", __name__)
